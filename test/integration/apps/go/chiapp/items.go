package chiapp

import (
	"net/http"

	"github.com/go-chi/chi/v5"
)

type itemStore struct{}

func (a *App) itemRoutes(r chi.Router) {
	r.Get("/", a.items.list("asc"))
	r.Post("/", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusCreated)
	})
	r.Get("/{itemID}", a.items.show)
}

func (s *itemStore) list(order string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(order)) }
}

func (s *itemStore) show(w http.ResponseWriter, r *http.Request) {}

func (s *itemStore) clear(w http.ResponseWriter, r *http.Request) {}
