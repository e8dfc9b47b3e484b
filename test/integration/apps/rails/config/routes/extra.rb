resources :posts, only: [:edit, :update], path_names: { edit: 'change' } do
  resources :comments, only: :index
end
