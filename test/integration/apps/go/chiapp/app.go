package chiapp

import (
	"net/http"

	"example.com/apps/chiapp/users"
	"github.com/go-chi/chi/v5"
)

const version = "/v1"

type App struct {
	chi.Router
	items *itemStore
}

func New() chi.Router {
	app := &App{Router: chi.NewRouter(), items: &itemStore{}}
	app.Use(logged)
	app.Get("/", app.home)
	app.Route("/api"+version, func(r chi.Router) {
		r.Mount("/users", users.Routes())
		r.Route("/items", app.itemRoutes)
		r.Group(func(r chi.Router) {
			r.Use(logged)
			r.With(logged).Delete("/cache/*", app.items.clear)
		})
	})
	app.Method(http.MethodPatch, "/patch/{id:[0-9]+}", http.HandlerFunc(app.items.show))
	app.MethodFunc("PUT", "/put", app.items.show)
	return app.Router
}

func (a *App) home(w http.ResponseWriter, r *http.Request) {}

func logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { next.ServeHTTP(w, r) })
}
