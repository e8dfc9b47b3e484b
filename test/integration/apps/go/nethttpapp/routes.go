package nethttpapp

import (
	"fmt"
	"net/http"
)

type route struct {
	method, path string
	handler      http.HandlerFunc
}

func (s *Server) routes() {
	s.mux.HandleFunc("/", s.index)
	s.mux.HandleFunc("GET /items/{id}", s.item)
	s.mux.HandleFunc(http.MethodPost+" /items", s.create())
	s.mux.Handle("GET /files/{path...}", http.HandlerFunc(s.item))
	s.mux.HandleFunc("GET /exact/{$}", func(w http.ResponseWriter, r *http.Request) {})
	s.mux.Handle("DELETE "+s.prefix+"/things/{id}", things{})
	for _, one := range []route{
		{"PUT", "/tables", s.item},
		{method: "PATCH", path: "/tables/{id}", handler: s.index},
	} {
		s.mux.HandleFunc(fmt.Sprintf("%s %s%s", one.method, s.prefix, one.path), one.handler)
	}
	registerHealth(s.mux, "/healthz")
}

func registerHealth(mux *http.ServeMux, path string) {
	mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	})
}
