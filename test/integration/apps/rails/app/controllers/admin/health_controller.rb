class Admin::HealthController < ApplicationController
  def ping; end
end
