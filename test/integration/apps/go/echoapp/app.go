package echoapp

import "github.com/labstack/echo/v4"

type Handler struct{ name string }

type registrar interface {
	register(group *echo.Group)
}

func New(adminPath string) *echo.Echo {
	e := echo.New()
	h := &Handler{name: "main"}
	e.GET("/", h.Index)
	e.POST("/users/:id", h.Save, logged)
	e.Match([]string{echo.PUT, echo.PATCH}, "/users/:id", h.Save)
	admin := e.Group(adminPath, logged)
	admin.DELETE("/files/*", h.Index)
	for _, one := range []registrar{h, &Reports{prefix: "/reports"}} {
		one.register(admin)
	}
	return e
}

func logged(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error { return next(c) }
}

func (h *Handler) register(group *echo.Group) {
	group.GET("", h.Index)
}

func (h *Handler) Index(c echo.Context) error { return nil }

func (h *Handler) Save(c echo.Context) error { return nil }
