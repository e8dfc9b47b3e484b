package nethttpapp

import "net/http"

type things struct{}

func (things) ServeHTTP(w http.ResponseWriter, r *http.Request) {}

func (s *Server) index(w http.ResponseWriter, r *http.Request) {
	if response, err := http.Get("http://127.0.0.1/other"); err == nil {
		_ = response.Body.Close()
	}
}

func (s *Server) item(w http.ResponseWriter, r *http.Request) {}

func (s *Server) create() http.HandlerFunc {
	headers := http.Header{}
	return func(w http.ResponseWriter, r *http.Request) {
		_ = headers.Get("/x")
	}
}
