class UsersController < ApplicationController
  def index; end

  def show; end

  def preview; end

  def search; end

  def stats; end
end
