require_relative 'app'
map '/shop' do
  run Shop::App
end
map '/admin' do
  run Shop::Admin
end
