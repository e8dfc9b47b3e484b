package health

import restful "github.com/emicklei/go-restful/v3"

// Service registers on a web service that the caller made.
func Service(ws *restful.WebService) *restful.WebService {
	ws.Path("/health")
	ws.Route(ws.GET("").To(ok))
	ws.Route(ws.HEAD("").To(ok))
	return ws
}

func ok(_ *restful.Request, _ *restful.Response) {}
