class PostsController < ApplicationController
  def edit; end

  def update; end
end
