class HomeController < ApplicationController
  def index
    head :ok
  end

  def page = head(:ok)

  def m
    params.get('/not/a/route') if false
    head :ok
  end
end
