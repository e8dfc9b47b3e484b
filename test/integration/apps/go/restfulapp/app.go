package restfulapp

import (
	"net/http"

	"example.com/apps/restfulapp/health"
	restful "github.com/emicklei/go-restful/v3"
)

const version = "/v1"

type orders struct{ root string }

func New() *restful.Container {
	container := restful.NewContainer()
	for _, resource := range []orders{{version + "/orders"}, {"/old"}} {
		container.Add(resource.service())
	}
	container.Add(health.Service(new(restful.WebService)))
	return container
}

func (o orders) service() *restful.WebService {
	ws := new(restful.WebService)
	ws.Path(o.root).Consumes(restful.MIME_JSON)
	ws.Route(ws.GET("/").To(o.list).Param(ws.QueryParameter("page", "").DataType("integer")))
	ws.Route(ws.GET("/{id}").
		Param(ws.PathParameter("id", "").DataType("integer")).
		To(o.show))
	ws.Route(ws.DELETE("/{name:[a-z]+}/files/{rest:*}").To(o.show))
	ws.Route(ws.Method(http.MethodOptions).Path("/{id}").To(func(_ *restful.Request, _ *restful.Response) {}))
	return ws
}

func (o orders) list(_ *restful.Request, _ *restful.Response) {}

func (o orders) show(_ *restful.Request, _ *restful.Response) {}
