Rails.application.routes.draw do
  root 'home#index'

  concern :commentable do
    resources :comments, only: [:index, :create]
  end

  resources :users, only: [:index, :show], path: 'people' do
    member do
      get :preview
    end
    collection { get :search }
    resources :line_items, shallow: true, concerns: :commentable, except: %i[new edit]
    get 'stats', on: :member
  end

  resource :profile, only: %i[show update]

  namespace :admin do
    resources :categories, constraints: { id: /\d+/ }, only: [:index, :destroy]
    get 'ping' => 'health#ping'
    scope path: 'deep', as: 'deep' do
      resources :statuses, only: :show, param: :code
    end
  end

  scope '/:locale', locale: /en|de/ do
    get 'pages/:id', to: 'home#page'
    get '(:year)/archive', to: 'home#index', as: :archive
  end

  controller :home do
    get :about, action: :page
  end

  match '/m/*rest', to: 'home#m', via: [:get, :post]
  %w[a b].each { |name| put "/#{name}", to: 'home#index' }
  constraints subdomain: 'api' do
    delete 'gone', to: 'home#m'
  end
  draw :extra
end
