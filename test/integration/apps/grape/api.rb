require 'grape'
module Api
  class Users < Grape::API
    resource :users do
      desc 'x'
      params do
        requires :id, type: Integer
        optional :q, type: String
      end
      get ':id' do
        1
      end
      post do
        2
      end
      route_param :user_id, type: Integer do
        resource :posts do
          get { 3 }
        end
      end
      route [:put, :patch], 'x' do
        1
      end
    end
  end
  class Root < Grape::API
    prefix :api
    version 'v1', using: :path
    format :json
    mount Users
    mount Extra => '/extra'
    get(:ping) { 1 }
    namespace :a do
      get '/b/*rest' do
      end
    end
  end
end
