import { checkLayouts } from './checkLayouts';

checkLayouts('huma', [
  {
    says: 'operations on an API below a group of another router, groups with several prefixes, services that register themselves',
    files: {
      'go.mod': 'module shop\ngo 1.22\n',
      'main.go':
        'package main\n\nimport (\n\t"context"\n\t"net/http"\n\t"shop/items"\n\n\t"github.com/danielgtaylor/huma/v2"\n\t"github.com/danielgtaylor/huma/v2/adapters/humachi"\n\t"github.com/go-chi/chi/v5"\n)\n\ntype In struct {\n\tID    int    `path:"id"`\n\tQuery string `query:"q"`\n}\ntype Out struct{}\n\nfunc main() {\n\trouter := chi.NewMux()\n\n\trouter.Route("/api", func(r chi.Router) {\n\t\tapi := humachi.New(r, huma.DefaultConfig("Shop", "1"))\n\t\thuma.Get(api, "/hello/{name}", hello)\n\t\thuma.Register(api, huma.Operation{OperationID: "put", Method: http.MethodPut, Path: "/orders/{id}"}, put)\n\t\tgrp := huma.NewGroup(api, "/v1", "/v2")\n\t\titems.Register(grp)\n\t\thuma.AutoRegister(api, &Service{})\n\t})\n\thttp.ListenAndServe(":1", router)\n}\n\ntype Service struct{}\n\nfunc (s *Service) RegisterUsers(api huma.API) { huma.Post(api, "/users", s.create) }\nfunc (s *Service) create(ctx context.Context, in *In) (*Out, error) { return nil, nil }\nfunc hello(ctx context.Context, in *struct{ Name string `path:"name"` }) (*Out, error) { return nil, nil }\nfunc put(ctx context.Context, in *In) (*Out, error) { return nil, nil }\n',
      'items/items.go':
        'package items\n\nimport (\n\t"context"\n\t"github.com/danielgtaylor/huma/v2"\n)\n\nfunc Register(api huma.API) {\n\thuma.Delete(api, "/items/{item-id}", func(ctx context.Context, in *struct{}) (*struct{}, error) { return nil, nil })\n}\n',
    },
    routes: [
      'DELETE /api/v1/items/{item-id} items/items.go:9 anonymous',
      'DELETE /api/v2/items/{item-id} items/items.go:9 anonymous',
      'POST /api/users main.go:36 Service.create',
      'GET /api/hello/{name} main.go:37 hello',
      'PUT /api/orders/{id} main.go:38 put',
    ],
    parameters: ['item-id:string', 'item-id:string', 'name:string', 'id:integer'],
  },
]);

checkLayouts('go-restful', [
  {
    says: 'web services that methods make, builders, the default container and another one',
    files: {
      'go.mod': 'module shop\n',
      'main.go':
        'package main\n\nimport (\n\t"net/http"\n\n\trestful "github.com/emicklei/go-restful/v3"\n)\n\ntype Users struct{ root string }\n\nfunc (u Users) WebService() *restful.WebService {\n\tws := new(restful.WebService)\n\tws.Path(u.root).Consumes(restful.MIME_JSON).Produces(restful.MIME_JSON)\n\tws.Route(ws.GET("/").To(u.list).Doc("all").Param(ws.QueryParameter("page", "").DataType("integer")).Writes([]Users{}))\n\tws.Route(ws.GET("/{user-id}").To(u.one).Param(ws.PathParameter("user-id", "").DataType("integer")))\n\tws.Route(ws.PUT("/{name:[a-z]+}/tail/{rest:*}").To(u.one))\n\tws.Route(ws.Method("PATCH").Path("/x").To(func(req *restful.Request, resp *restful.Response) {}))\n\treturn ws\n}\n\nfunc (u Users) list(req *restful.Request, resp *restful.Response) {}\nfunc (u Users) one(req *restful.Request, resp *restful.Response)  {}\n\nfunc main() {\n\trestful.Add(Users{"/users"}.WebService())\n\tcontainer := restful.NewContainer()\n\tws := &restful.WebService{}\n\tws.Path("/health")\n\tws.Route(ws.GET("").To(Users{}.list))\n\tcontainer.Add(ws)\n\thttp.ListenAndServe(":1", container)\n}\n',
    },
    routes: [
      'PATCH /users/x main.go:17 anonymous',
      'GET /health main.go:21 Users.list',
      'GET /users main.go:21 Users.list',
      'PUT /users/{name}/tail/{rest*} main.go:22 Users.one',
      'GET /users/{user-id} main.go:22 Users.one',
    ],
  },
]);
