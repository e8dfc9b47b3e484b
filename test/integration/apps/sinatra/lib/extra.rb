require 'sinatra/base'
module Shop
  module Extra
    def self.registered(app)
      app.get '/extra' do
        'e'
      end
    end
  end
  class Admin < Sinatra::Base
    put('/admin') { 'x' }
  end
end
