class Admin::StatusesController < ApplicationController
  def show; end
end
