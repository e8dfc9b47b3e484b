# Prints the routes of the applications that config.ru puts together, with the lines of their blocks.
require 'json'
require 'rack'
require 'sinatra/base'

PLACES = {}
Sinatra::Base.singleton_class.prepend(Module.new do
  def generate_method(name, &block)
    (PLACES[[self, name.to_s]] ||= []) << block.source_location
    super
  end
end)

map = Array(Rack::Builder.parse_file(File.join(__dir__, 'config.ru'))).first
rows = map.instance_variable_get(:@mapping).flat_map do |_host, location, _match, app|
  app.ancestors.grep(Class).select { |one| one < Sinatra::Base }.flat_map do |cls|
    cls.routes.reject { |verb, _| verb == 'HEAD' }.flat_map do |verb, routes|
      routes.map { |pattern, *| [cls, verb, pattern.to_s] }
    end
  end.map do |cls, verb, pattern|
    file, line = PLACES.fetch([cls, "#{verb} #{pattern}"]).shift
    [verb, location + pattern, file.delete_prefix("#{__dir__}/"), line]
  end
end
puts JSON.generate(rows)
