package echoapp

import "github.com/labstack/echo/v4"

type Reports struct{ prefix string }

func (r *Reports) register(group *echo.Group) {
	below := group.Group(r.prefix)
	below.GET("/:year/:month", r.monthly)
	below.HEAD("/latest", r.monthly)
}

func (r *Reports) monthly(c echo.Context) error { return nil }
