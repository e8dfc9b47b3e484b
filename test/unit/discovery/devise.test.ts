import { checkLayouts } from './checkLayouts';

function drawn(action: string): string {
  return `The gem Devise draws this route for ${action}, which is no method of the project.`;
}

const NOTES = [
  'devise/confirmations#create',
  'devise/confirmations#new',
  'devise/confirmations#show',
  'devise/passwords#create',
  'devise/passwords#edit',
  'devise/passwords#new',
  'devise/passwords#update',
  'devise/registrations#cancel',
  'devise/registrations#create',
  'devise/registrations#destroy',
  'devise/registrations#edit',
  'devise/registrations#new',
  'devise/registrations#update',
  'devise/sessions#create',
  'devise/sessions#destroy',
  'devise/sessions#new',
  'people/confirmations#create',
  'people/confirmations#new',
  'people/confirmations#show',
  'people/sessions#create',
  'people/sessions#destroy',
  'people/sessions#new',
].map(drawn);

/** What Devise 5.0.3 draws for these files, as `rails routes` lists it. */
checkLayouts('rails', [
  {
    says: 'of Devise by what the models ask for, with paths, words, controllers, modules and parts that are left out',
    files: {
      'config/routes.rb': `Rails.application.routes.draw do
  devise_for :users, path: 'accounts', path_names: { sign_in: 'login', sign_up: 'join' }, controllers: { sessions: 'users/sessions', omniauth_callbacks: 'users/omniauth_callbacks' }, skip: [:unlocks]
  devise_for :admins, only: [:sessions], sign_out_via: [:get, :delete]
  namespace :api do
    devise_for :people, class_name: 'Person', module: 'people'
  end
  devise_scope :user do
    get 'me', to: 'users/sessions#me'
  end
  authenticate :user do
    get 'inside', to: 'inside#show'
  end
end
`,
      'app/models/user.rb': `class User < ApplicationRecord
  # devise :timeoutable
  devise :database_authenticatable, :registerable,
         :recoverable, :lockable, :confirmable, # all
         :omniauthable, omniauth_providers: %i[github google_oauth2]
  belongs_to :team
end
`,
      'app/models/person.rb': `class Person < ApplicationRecord
  devise :database_authenticatable, :confirmable
end
`,
      'app/controllers/users/sessions_controller.rb': `class Users::SessionsController < Devise::SessionsController
  def create
    super
  end
  def me
  end
end
`,
      'app/controllers/users/omniauth_callbacks_controller.rb': `class Users::OmniauthCallbacksController < Devise::OmniauthCallbacksController
  def github
  end
end
`,
      'app/models/admin.rb': `class Admin < ApplicationRecord
  devise :database_authenticatable, :recoverable
end
`,
    },
    routes: [
      'POST /accounts/auth/github app/controllers/users/omniauth_callbacks_controller.rb:1 Users.OmniauthCallbacksController.passthru',
      'POST /accounts/auth/google_oauth2 app/controllers/users/omniauth_callbacks_controller.rb:1 Users.OmniauthCallbacksController.passthru',
      'GET /accounts/auth/google_oauth2/callback app/controllers/users/omniauth_callbacks_controller.rb:1 Users.OmniauthCallbacksController.google_oauth2',
      'POST /accounts/auth/google_oauth2/callback app/controllers/users/omniauth_callbacks_controller.rb:1 Users.OmniauthCallbacksController.google_oauth2',
      'GET /accounts/auth/github/callback app/controllers/users/omniauth_callbacks_controller.rb:2 Users.OmniauthCallbacksController.github',
      'POST /accounts/auth/github/callback app/controllers/users/omniauth_callbacks_controller.rb:2 Users.OmniauthCallbacksController.github',
      'GET /accounts/login app/controllers/users/sessions_controller.rb:1 Users.SessionsController.new',
      'DELETE /accounts/sign_out app/controllers/users/sessions_controller.rb:1 Users.SessionsController.destroy',
      'POST /accounts/login app/controllers/users/sessions_controller.rb:2 Users.SessionsController.create',
      'GET /me app/controllers/users/sessions_controller.rb:5 Users.SessionsController.me',
      'POST /accounts config/routes.rb:2 devise/registrations#create',
      'PUT /accounts config/routes.rb:2 devise/registrations#update',
      'PATCH /accounts config/routes.rb:2 devise/registrations#update',
      'DELETE /accounts config/routes.rb:2 devise/registrations#destroy',
      'GET /accounts/cancel config/routes.rb:2 devise/registrations#cancel',
      'GET /accounts/confirmation config/routes.rb:2 devise/confirmations#show',
      'POST /accounts/confirmation config/routes.rb:2 devise/confirmations#create',
      'GET /accounts/confirmation/new config/routes.rb:2 devise/confirmations#new',
      'GET /accounts/edit config/routes.rb:2 devise/registrations#edit',
      'GET /accounts/join config/routes.rb:2 devise/registrations#new',
      'POST /accounts/password config/routes.rb:2 devise/passwords#create',
      'PUT /accounts/password config/routes.rb:2 devise/passwords#update',
      'PATCH /accounts/password config/routes.rb:2 devise/passwords#update',
      'GET /accounts/password/edit config/routes.rb:2 devise/passwords#edit',
      'GET /accounts/password/new config/routes.rb:2 devise/passwords#new',
      'GET /admins/sign_in config/routes.rb:3 devise/sessions#new',
      'POST /admins/sign_in config/routes.rb:3 devise/sessions#create',
      'GET /admins/sign_out config/routes.rb:3 devise/sessions#destroy',
      'DELETE /admins/sign_out config/routes.rb:3 devise/sessions#destroy',
      'GET /api/people/confirmation config/routes.rb:5 people/confirmations#show',
      'POST /api/people/confirmation config/routes.rb:5 people/confirmations#create',
      'GET /api/people/confirmation/new config/routes.rb:5 people/confirmations#new',
      'GET /api/people/sign_in config/routes.rb:5 people/sessions#new',
      'POST /api/people/sign_in config/routes.rb:5 people/sessions#create',
      'DELETE /api/people/sign_out config/routes.rb:5 people/sessions#destroy',
      'GET /inside config/routes.rb:11 inside#show',
    ],
    notes: NOTES,
  },
  {
    says: 'of Devise for a model that is not there, with a sentence, and none of what is skipped',
    files: {
      'config/routes.rb': `Rails.application.routes.draw do\n  devise_for :users, skip: [:registrations, :passwords]\n  devise_for :robots, skip: :all\nend\n`,
    },
    routes: [
      'GET /users/sign_in config/routes.rb:2 devise/sessions#new',
      'POST /users/sign_in config/routes.rb:2 devise/sessions#create',
      'DELETE /users/sign_out config/routes.rb:2 devise/sessions#destroy',
    ],
    notes: [
      'What User asks of Devise was not found; these are its usual routes.',
      ...['new', 'create', 'destroy'].map((action) => drawn(`devise/sessions#${action}`)),
    ],
  },
]);
