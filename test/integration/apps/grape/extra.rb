require 'grape'
module Api
  class Extra < Grape::API
    delete(:thing) { 1 }
  end
end
