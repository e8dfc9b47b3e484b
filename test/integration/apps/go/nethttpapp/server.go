package nethttpapp

import "net/http"

type Server struct {
	mux    *http.ServeMux
	prefix string
}

func NewServer() *Server {
	s := &Server{mux: http.NewServeMux(), prefix: "/api"}
	s.routes()
	return s
}

func (s *Server) Mux() *http.ServeMux { return s.mux }
