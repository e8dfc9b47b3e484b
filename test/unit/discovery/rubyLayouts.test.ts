import { checkLayouts, type Layout } from './checkLayouts';

const draw = (body: string): string => `Rails.application.routes.draw do\n${body}\nend\n`;

const RAILS: readonly Layout[] = [
  {
    says: 'resources with only, path, param, member and collection, at the actions of the controller',
    files: {
      'config/routes.rb': draw(
        "  resources :users, only: %i[index show], path: 'people', param: :slug do\n    member { get :preview }\n    get :search, on: :collection\n    resources :posts, only: :index\n  end",
      ),
      'app/controllers/users_controller.rb':
        'class UsersController < ApplicationController\n  def index; end\n  def show; end\n  def preview\n  end\n  def search; end\nend\n',
      'config/initializers/more.rb': 'module Rails\n  def self.more; end\nend\n',
      'app/controllers/posts_controller.rb': 'class PostsController < UsersController\nend\n',
    },
    routes: [
      'GET /people app/controllers/users_controller.rb:2 UsersController.index',
      'GET /people/search app/controllers/users_controller.rb:6 UsersController.search',
      'GET /people/{slug} app/controllers/users_controller.rb:3 UsersController.show',
      'GET /people/{slug}/preview app/controllers/users_controller.rb:4 UsersController.preview',
      'GET /people/{user_slug}/posts app/controllers/users_controller.rb:2 UsersController.index',
    ],
  },
  {
    says: 'a singular resource, path names and an application without forms',
    files: {
      'config/routes.rb': draw(
        "  resource :profile, only: [:show, :update], controller: 'me'\n  scope path_names: { new: 'neu' } do\n    resources :categories, only: [:new, :destroy], concerns: []\n  end",
      ),
    },
    routes: [
      'DELETE /categories/{id} config/routes.rb:4 categories#destroy',
      'GET /categories/neu config/routes.rb:4 categories#new',
      'GET /profile config/routes.rb:2 me#show',
      'PATCH /profile config/routes.rb:2 me#update',
      'PUT /profile config/routes.rb:2 me#update',
    ],
  },
  {
    says: 'namespaces and scopes with modules, to files of nested modules',
    files: {
      'config/routes.rb': draw(
        "  namespace :admin, path: 'a' do\n    get 'ping', to: 'health#ping'\n  end\n  scope '/:locale', module: 'pub', locale: /en|de/ do\n    get 'p/*rest' => 'pages#any'\n  end\n  scope controller: 'home' do\n    get :about\n  end",
      ),
      'app/controllers/admin/health_controller.rb':
        'module Admin\n  class HealthController < ApplicationController\n    def ping; end\n  end\nend\n',
      'app/controllers/pub/pages_controller.rb': 'class Pub::PagesController\n  def any; end\nend\n',
    },
    routes: [
      'GET /a/ping app/controllers/admin/health_controller.rb:3 HealthController.ping',
      'GET /about config/routes.rb:9 home#about',
      'GET /{locale}/p/{rest*} app/controllers/pub/pages_controller.rb:2 Pub.PagesController.any',
    ],
  },
  {
    says: 'shallow resources and concerns',
    files: {
      'config/routes.rb': draw(
        '  concern(:commentable) { resources :comments, only: :create }\n  resources :shops, only: [] do\n    resources :items, only: [:index, :show], shallow: true, concerns: :commentable\n  end',
      ),
    },
    routes: [
      'GET /items/{id} config/routes.rb:4 items#show',
      'GET /shops/{shop_id}/items config/routes.rb:4 items#index',
      'POST /items/{item_id}/comments config/routes.rb:2 comments#create',
    ],
  },
  {
    says: 'match, root, a lambda, a loop, a drawn file and mounts that are not known',
    files: {
      'config/routes.rb': draw(
        "  root 'home#index'\n  match '/m', to: 'home#m', via: [:get, :post]\n  get '/h', to: ->(env) { [200] }\n  %w[a b].each { |n| put \"/#{n}\", to: 'home#put' }\n  draw :more\n  mount Sidekiq::Web => '/jobs'",
      ),
      'config/routes/more.rb': "delete 'more' => 'home#drop'\n",
    },
    routes: [
      'ANY /jobs/{…} config/routes.rb:7 Sidekiq.Web',
      'DELETE /more config/routes/more.rb:1 home#drop',
      'GET / config/routes.rb:2 home#index',
      'GET /h config/routes.rb:4 anonymous',
      'GET /m config/routes.rb:3 home#m',
      'POST /m config/routes.rb:3 home#m',
      'PUT /a config/routes.rb:5 home#put',
      'PUT /b config/routes.rb:5 home#put',
    ],
    notes: ['Sidekiq.Web is mounted here; what it answers below is not known from the code alone.'],
  },
  {
    says: 'an engine of the workspace below its mount',
    files: {
      'config/routes.rb': draw("  mount Blog::Engine, at: '/blog'"),
      'engines/blog/lib/engine.rb': 'module Blog\n  class Engine < ::Rails::Engine\n  end\nend\n',
      'engines/blog/config/routes.rb': "Blog::Engine.routes.draw do\n  get 'posts', to: 'posts#index'\nend\n",
    },
    routes: ['GET /blog/posts engines/blog/config/routes.rb:2 posts#index'],
  },
  {
    says: 'no route for controllers, hashes, clients and comments',
    files: {
      'config/routes.rb': draw("  # get 'x' => 'y#z'\n  direct(:home) { 'https://example.com' }"),
      'app/controllers/x_controller.rb':
        "class XController < ApplicationController\n  def a\n    params.get('/p'); Net::HTTP.get('/n'); get '/x' do end\n  end\nend\n",
    },
    routes: [],
  },
];

const SINATRA: readonly Layout[] = [
  {
    says: 'modular applications with inheritance, namespaces, an extension and config.ru',
    files: {
      'app.rb':
        "require 'sinatra/base'\nrequire_relative 'lib/extra'\nmodule Shop\n  class Base < Sinatra::Base\n    get('/health') { 'ok' }\n  end\n  class App < Base\n    register Extra\n    V = '/v1'\n    get \"#{V}/:id\" do |id|\n    end\n    namespace '/api' do\n      delete '/:x/*' do\n      end\n    end\n    helpers do\n      def f; settings.get('/no'); end\n    end\n  end\nend\n",
      'lib/extra.rb': "module Shop::Extra\n  def self.registered(app)\n    app.post('/extra') { 1 }\n  end\nend\n",
      'config.ru': "require_relative 'app'\nmap '/shop' do\n  run Shop::App\nend\n",
    },
    routes: [
      'DELETE /shop/api/{x}/{splat*} app.rb:13 anonymous',
      'GET /shop/health app.rb:5 anonymous',
      'GET /shop/v1/{id} app.rb:10 anonymous',
      'POST /shop/extra lib/extra.rb:3 anonymous',
    ],
  },
  {
    says: 'the classic style over several files',
    files: {
      'main.rb': "require 'sinatra'\nrequire_relative 'more'\nget '/a/?:name?' do\n  ENV.get('/no')\nend\n",
      'more.rb': "patch '/more' do\nend\n",
    },
    routes: ['GET /a/{name} main.rb:3 anonymous', 'PATCH /more more.rb:1 anonymous'],
  },
];

const GRAPE: readonly Layout[] = [
  {
    says: 'APIs mounted below prefix and version, with namespaces and declared parameters',
    files: {
      'api/root.rb':
        "module Api\n  class Root < Grape::API\n    prefix :api\n    version 'v1', using: :path\n    mount Users\n    mount Extra => '/extra'\n  end\nend\n",
      'api/users.rb':
        'module Api\n  class Users < Grape::API\n    resource :users do\n      params { requires :id, type: Integer }\n      get ":id" do\n      end\n      route_param :user_id, type: Integer do\n        route [:put, :patch], :posts do\n        end\n      end\n    end\n  end\nend\n',
      'api/extra.rb': 'class Api::Extra < Grape::API\n  delete(:thing) { 1 }\nend\n',
    },
    routes: [
      'DELETE /extra/api/v1/thing api/extra.rb:2 anonymous',
      'GET /api/v1/users/{id} api/users.rb:5 anonymous',
      'PATCH /api/v1/users/{user_id}/posts api/users.rb:8 anonymous',
      'PUT /api/v1/users/{user_id}/posts api/users.rb:8 anonymous',
    ],
  },
];

for (const [framework, layouts] of Object.entries({ rails: RAILS, sinatra: SINATRA, grape: GRAPE }))
  checkLayouts(framework, layouts);
