package api

import "github.com/gin-gonic/gin"

type BookController struct{}

func Register(router *gin.RouterGroup) {
	books := new(BookController)
	group := router.Group("/books")
	group.GET("", books.List)
	group.GET("/:id", books.Show)
	group.Handle("DELETE", "/:id", books.Delete)
	group.Match([]string{"PUT", "PATCH"}, "/:id", books.Show)
	for name, handler := range map[string]gin.HandlerFunc{"/stats": books.List, "/export": books.Show} {
		router.POST(name, handler)
	}
}

func (b *BookController) List(c *gin.Context) {}

func (b *BookController) Show(c *gin.Context) {}

func (b *BookController) Delete(c *gin.Context) {}
