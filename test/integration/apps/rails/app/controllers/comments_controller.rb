class CommentsController < LineItemsController
  def index
    head :ok
  end
end
