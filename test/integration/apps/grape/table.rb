# Prints the routes that Grape itself holds, with the lines of their blocks.
require 'json'
require 'grape'
require_relative 'extra'
require_relative 'api'

rows = Api::Root.routes.map do |route|
  file, line = route.app.source.source_location
  [route.request_method, route.path.sub('(.:format)', '').sub('(.json)', '').sub(':version', 'v1'), file.delete_prefix("#{__dir__}/"), line]
end
puts JSON.generate(rows)
