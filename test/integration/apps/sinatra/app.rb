require 'sinatra/base'
require 'sinatra/namespace'
require_relative 'lib/extra'
module Shop
  class Base < Sinatra::Base
    get '/health' do
      'ok'
    end
  end
  class App < Base
    register Sinatra::Namespace
    register Extra
    PREFIX = '/v1'
    get "#{PREFIX}/items/:id" do |id|
      id
    end
    %w[a b].each do |name|
      post "/#{name}" do
        name
      end
    end
    namespace '/api' do
      get('/users') { 'u' }
      namespace '/deep' do
        delete '/:x/*' do
          'd'
        end
      end
    end
    get '/opt/?:name?' do
      'o'
    end
    helpers do
      def foo; settings.get('/no'); end
    end
    before '/x' do; end
  end
end
