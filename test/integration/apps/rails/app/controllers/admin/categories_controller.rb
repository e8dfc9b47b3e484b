module Admin
  class CategoriesController < ApplicationController
    def index
      head :ok
    end

    def destroy
      head :ok
    end
  end
end
