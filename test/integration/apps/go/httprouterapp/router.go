package httprouterapp

import (
	"net/http"

	"github.com/julienschmidt/httprouter"
)

func Router() *httprouter.Router {
	router := httprouter.New()
	router.GET("/", index)
	router.POST("/users/:name", index)
	router.Handle(http.MethodPut, "/users/:name", wrapped(index))
	for _, path := range []string{"/a", "/b"} {
		router.DELETE("/multi"+path, index)
	}
	router.GET("/src/*file", index)
	return router
}

func wrapped(next httprouter.Handle) httprouter.Handle { return next }

func index(w http.ResponseWriter, r *http.Request, _ httprouter.Params) {}
