package gorillaapp

import (
	"net/http"

	"github.com/gorilla/mux"
)

type Route struct {
	Name    string
	Method  string
	Pattern string
	Handler http.HandlerFunc
}

type Routes []Route

var routes = Routes{
	{"List", "GET", "/list", list},
	Route{"Show", "POST", "/show/{id:[0-9]+}", show},
}

func NewServer() *mux.Router {
	router := mux.NewRouter().StrictSlash(true)
	api := router.PathPrefix("/api").Subrouter()
	api.HandleFunc("/items/{category}", list).Methods(http.MethodGet, http.MethodHead)
	api.Path("/early").Methods("PUT").HandlerFunc(show)
	api.Methods("DELETE").Subrouter().Handle("/items/{id}", logged(http.HandlerFunc(show))).Name("delete")
	below := api.PathPrefix("/v2/{tenant}").Subrouter()
	below.HandleFunc("", list)
	for _, route := range routes {
		router.
			Methods(route.Method).
			Path(route.Pattern).
			Name(route.Name).
			Handler(route.Handler)
	}
	router.HandleFunc("/files/{rest:.*}", list).Methods("GET").Queries("v", "{v}")
	return router
}

func logged(next http.Handler) http.Handler { return next }

func list(w http.ResponseWriter, r *http.Request) {}

func show(w http.ResponseWriter, r *http.Request) {}
