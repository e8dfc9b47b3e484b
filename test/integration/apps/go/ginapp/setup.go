package ginapp

import (
	"example.com/apps/ginapp/api"
	"github.com/gin-gonic/gin"
)

func Setup() *gin.Engine {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.GET("/ping", func(c *gin.Context) {
		c.String(200, "pong")
	})
	v1 := engine.Group("/v1", auth())
	{
		v1.POST("/login", auth(), login)
		api.Register(v1.Group("/api"))
	}
	v2 := engine.Group("v2")
	v2.GET("files/*path", login).PUT("", login)
	return engine
}

func login(c *gin.Context) {}

func auth() gin.HandlerFunc {
	return func(c *gin.Context) { c.Next() }
}
