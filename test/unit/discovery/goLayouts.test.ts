import { checkLayouts, type Layout } from './checkLayouts';

const MOD = 'module shop\n';

const NET_HTTP: readonly Layout[] = [
  {
    says: 'patterns with methods and wildcards, a mux below another, and a mux behind StripPrefix in another package',
    files: {
      'go.mod': MOD,
      'main.go':
        'package main\n\nimport (\n\t"net/http"\n\t"shop/api"\n)\n\nfunc main() {\n\tmux := http.NewServeMux()\n\tmux.HandleFunc("GET /items/{id}", item)\n\tmux.Handle("/api/", http.StripPrefix("/api", api.New()))\n\tmux.HandleFunc("example.com/host/{rest...}", item)\n\tinner := http.NewServeMux()\n\tinner.HandleFunc("/whole/x", item)\n\tmux.Handle("/whole/", inner)\n\thttp.Handle("/files/", http.FileServer(http.Dir(".")))\n\thttp.ListenAndServe(":1", mux)\n}\n\nfunc item(w http.ResponseWriter, r *http.Request) {}\n',
      'api/api.go':
        'package api\n\nimport "net/http"\n\nfunc New() http.Handler {\n\tm := http.NewServeMux()\n\tm.HandleFunc(http.MethodPost+" /users", create)\n\treturn m\n}\n',
      'api/create.go': 'package api\n\nimport "net/http"\n\nfunc create(w http.ResponseWriter, r *http.Request) {}\n',
    },
    routes: [
      'ANY /host/{rest*} main.go:20 item',
      'ANY /whole/x main.go:20 item',
      'GET /items/{id} main.go:20 item',
      'POST /api/users api/create.go:5 create',
    ],
  },
  {
    says: 'a server struct whose methods stand in other files, handler factories, wrapped handlers and a table',
    files: {
      'go.mod': MOD,
      'main.go': 'package main\n\nfunc main() {\n\tNewServer("/v1")\n}\n',
      'server.go':
        'package main\n\nimport "net/http"\n\ntype Server struct {\n\tmux    *http.ServeMux\n\tprefix string\n}\n\nfunc NewServer(prefix string) *Server {\n\ts := &Server{http.NewServeMux(), prefix}\n\ts.routes()\n\treturn s\n}\n',
      'routes.go':
        'package main\n\nimport (\n\t"fmt"\n\t"net/http"\n)\n\ntype route struct {\n\tmethod, path string\n\th http.HandlerFunc\n}\n\nfunc (s *Server) routes() {\n\ts.mux.HandleFunc("/made", s.made())\n\ts.mux.Handle("/wrapped", logged(http.HandlerFunc(s.plain)))\n\tfor _, r := range []route{{"GET", "/a", s.plain}, {path: "/b", method: "PUT", h: s.plain}} {\n\t\ts.mux.HandleFunc(fmt.Sprintf("%s %s%s", r.method, s.prefix, r.path), r.h)\n\t}\n}\n\nfunc (s *Server) made() http.HandlerFunc {\n\tcount := 0\n\treturn func(w http.ResponseWriter, r *http.Request) { count++ }\n}\n\nfunc (s *Server) plain(w http.ResponseWriter, r *http.Request) {}\n\nfunc logged(next http.Handler) http.Handler {\n\treturn http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { next.ServeHTTP(w, r) })\n}\n',
    },
    routes: [
      'ANY /made routes.go:21 Server.made',
      'ANY /wrapped routes.go:26 Server.plain',
      'GET /v1/a routes.go:26 Server.plain',
      'PUT /v1/b routes.go:26 Server.plain',
    ],
  },
  {
    says: 'no route for clients, headers, caches and comments',
    files: {
      'go.mod': MOD,
      'main.go':
        'package main\n\nimport "net/http"\n\nfunc main() {\n\thttp.Get("/a")\n\tclient := &http.Client{}\n\tclient.Post("/b", "text/plain", nil)\n\th := http.Header{}\n\th.Get("/c")\n\tcache := map[string]func(){"/d": main}\n\tcache["/d"]()\n\t// http.HandleFunc("/e", nil)\n\thttp.NewServeMux()\n}\n',
    },
    routes: [],
  },
  {
    says: 'a prefix that the environment gives, with and without a default',
    files: {
      'go.mod': MOD,
      'main.go':
        'package main\n\nimport (\n\t"flag"\n\t"net/http"\n\t"os"\n)\n\nfunc env(key, fallback string) string {\n\tif v := os.Getenv(key); v != "" {\n\t\treturn v\n\t}\n\treturn fallback\n}\n\nfunc main() {\n\tprefix := flag.String("prefix", "/p", "")\n\thttp.HandleFunc(*prefix+"/flag", h)\n\thttp.HandleFunc(env("BASE", "/b")+"/env", h)\n\thttp.HandleFunc(os.Getenv("NONE")+"/none", h)\n}\n\nfunc h(w http.ResponseWriter, r *http.Request) {}\n',
    },
    routes: ['ANY /b/env main.go:23 h', 'ANY /p/flag main.go:23 h', 'ANY {…}/none main.go:23 h'],
    notes: [
      'The environment variable BASE decides a part of the path; "/b" is its default in the code.',
      'The flag -prefix decides a part of the path; "/p" is its default in the code.',
      'The value of the environment variable NONE is not known from the code alone.',
    ],
  },
];

const CHI: readonly Layout[] = [
  {
    says: 'routes in functions and methods, groups with middleware, mounts across packages of a workspace of modules',
    files: {
      'go.work': 'go 1.22\n\nuse (\n\t./app\n\t./users\n)\n',
      'app/go.mod': 'module example.com/app\n',
      'users/go.mod': 'module example.com/users\n',
      'app/main.go':
        'package main\n\nimport (\n\t"example.com/users/http"\n\t"github.com/go-chi/chi/v5"\n)\n\ntype app struct{ chi.Router }\n\nfunc main() {\n\ta := &app{chi.NewRouter()}\n\ta.Route("/api", a.routes)\n}\n\nfunc (a *app) routes(r chi.Router) {\n\tr.Mount("/users", http.Handler())\n\tr.Group(func(r chi.Router) {\n\t\tr.With(nil).Get("/{id:[0-9]+}", a.one)\n\t})\n\tr.MethodFunc("PUT", "/m/*", a.one)\n}\n\nfunc (a *app) one(w W, r *R) {}\n',
      'users/http/handler.go':
        'package http\n\nimport (\n\t"net/http"\n\n\t"github.com/go-chi/chi/v5"\n)\n\nfunc Handler() http.Handler {\n\tr := chi.NewMux()\n\tr.Get("/", func(w http.ResponseWriter, r *http.Request) {\n\t})\n\treturn r\n}\n',
    },
    routes: [
      'GET /api/users users/http/handler.go:11 anonymous',
      'GET /api/{id} app/main.go:23 app.one',
      'PUT /api/m/{path*} app/main.go:23 app.one',
    ],
    parameters: ['path:path?', 'id:integer'],
  },
  {
    says: 'a router that a struct serves, mounted in what a command runs',
    files: {
      'go.mod': MOD,
      'main.go':
        'package main\n\nimport (\n\t"shop/api"\n\n\t"github.com/go-chi/chi/v5"\n\t"github.com/spf13/cobra"\n)\n\nvar root = &cobra.Command{RunE: func(cmd *cobra.Command, args []string) error {\n\tr := chi.NewRouter()\n\tr.Mount("/api", api.New())\n\treturn nil\n}}\n\nfunc main() { root.Execute() }\n',
      'api/api.go':
        'package api\n\nimport (\n\t"net/http"\n\n\t"github.com/go-chi/chi/v5"\n)\n\ntype API struct{ router *chi.Mux }\n\nfunc New() *API {\n\ta := &API{router: chi.NewRouter()}\n\ta.router.Get("/x", a.x)\n\treturn a\n}\n\nfunc (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.router.ServeHTTP(w, r) }\n\nfunc (a *API) x(w http.ResponseWriter, r *http.Request) {}\n',
    },
    routes: ['GET /api/x api/api.go:19 API.x'],
  },
];

const GIN: readonly Layout[] = [
  {
    says: 'groups in blocks and handed to functions of another package, several methods, an unknown caller',
    files: {
      'go.mod': MOD,
      'main.go':
        'package main\n\nimport (\n\t"shop/api"\n\n\t"github.com/gin-gonic/gin"\n)\n\nfunc main() {\n\tr := gin.Default()\n\tv1 := r.Group("/v1", auth())\n\t{\n\t\tv1 := v1.Group("/in")\n\t\tv1.GET("/x", auth(), h)\n\t}\n\tv1.Any("/any/*rest", h)\n\tapi.Register(v1.Group("/api"))\n}\n\nfunc auth() gin.HandlerFunc { return func(c *gin.Context) {} }\n\nfunc h(c *gin.Context) {}\n',
      'api/api.go':
        'package api\n\nimport "github.com/gin-gonic/gin"\n\ntype router interface {\n\tGET(path string, handlers ...gin.HandlerFunc) gin.IRoutes\n}\n\nfunc Register(r router) {\n\tr.GET("/:id", one)\n}\n\nfunc Unused(r *gin.RouterGroup) {\n\tr.Match([]string{"PUT", "PATCH"}, "/lost", one)\n}\n\nfunc one(c *gin.Context) {}\n',
    },
    routes: [
      'ANY /v1/any/{rest*} main.go:22 h',
      'GET /v1/api/{id} api/api.go:17 one',
      'GET /v1/in/x main.go:22 h',
      'PATCH /lost api/api.go:17 one',
      'PUT /lost api/api.go:17 one',
    ],
    notes: ['The router is handed in by a caller that was not found; a prefix may be missing.'],
  },
];

const ECHO: readonly Layout[] = [
  {
    says: 'groups, middleware after the handler and constants of the library',
    files: {
      'go.mod': MOD,
      'main.go':
        'package main\n\nimport "github.com/labstack/echo/v4"\n\nconst (\n\tadmin = "/admin"\n\tusers = admin + "/users"\n)\n\ntype H struct{}\n\nfunc main() {\n\te := echo.New()\n\th := new(H)\n\te.POST(users+"/:id", h.Save, logged)\n\tg := e.Group(admin)\n\tg.Add(echo.PUT, "/files/*", h.Save)\n}\n\nfunc logged(next echo.HandlerFunc) echo.HandlerFunc { return next }\n\nfunc (h *H) Save(c echo.Context) error { return nil }\n',
    },
    routes: ['POST /admin/users/{id} main.go:22 H.Save', 'PUT /admin/files/{path*} main.go:22 H.Save'],
  },
];

const FIBER: readonly Layout[] = [
  {
    says: 'typed and optional parameters, routes in a function and a mounted application',
    files: {
      'go.mod': MOD,
      'main.go':
        'package main\n\nimport "github.com/gofiber/fiber/v2"\n\nfunc main() {\n\tapp := fiber.New()\n\tapp.Get("/a/:id<int>/:opt?", h)\n\tapp.Route("/r", func(api fiber.Router) {\n\t\tapi.Post("/x", h, h)\n\t})\n\tsub := fiber.New()\n\tsub.All("/y", h)\n\tapp.Mount("/sub", sub)\n\tapp.Use("/no", h)\n}\n\nfunc h(c *fiber.Ctx) error { return nil }\n',
    },
    routes: ['ANY /sub/y main.go:17 h', 'GET /a/{id}/{opt} main.go:17 h', 'POST /r/x main.go:17 h'],
    parameters: ['id:integer', 'opt:string?'],
  },
];

const GORILLA: readonly Layout[] = [
  {
    says: 'methods after handlers and before subrouters, queries, and a named list of routes',
    files: {
      'go.mod': MOD,
      'main.go':
        'package main\n\nimport (\n\t"net/http"\n\n\t"github.com/gorilla/mux"\n)\n\ntype Route struct {\n\tPattern string\n\tHandler http.HandlerFunc\n}\n\ntype Routes []Route\n\nvar routes = Routes{{"/t/{id:[0-9]+}", h}}\n\nfunc main() {\n\tr := mux.NewRouter()\n\tapi := r.PathPrefix("/api").Subrouter()\n\tapi.HandleFunc("/x", h).Methods("GET", "POST").Queries("q", "{q}")\n\tapi.Methods("DELETE").Subrouter().HandleFunc("/d", h)\n\tfor _, route := range routes {\n\t\tr.Path(route.Pattern).Methods("PUT").Handler(route.Handler)\n\t}\n\tr.PathPrefix("/static/").Handler(http.FileServer(http.Dir(".")))\n}\n\nfunc h(w http.ResponseWriter, r *http.Request) {}\n',
    },
    routes: [
      'DELETE /api/d main.go:29 h',
      'GET /api/x main.go:29 h',
      'POST /api/x main.go:29 h',
      'PUT /t/{id} main.go:29 h',
    ],
    parameters: ['q:string', 'q:string', 'id:integer'],
  },
];

const HTTPROUTER: readonly Layout[] = [
  {
    says: 'shortcuts, any handler with a method, and paths of a loop',
    files: {
      'go.mod': MOD,
      'main.go':
        'package main\n\nimport (\n\t"net/http"\n\n\t"github.com/julienschmidt/httprouter"\n)\n\nfunc main() {\n\tr := httprouter.New()\n\tfor _, p := range []string{"/a", "/b"} {\n\t\tr.GET(p+"/:id", h)\n\t}\n\tr.HandlerFunc(http.MethodPut, "/f/*path", g)\n}\n\nfunc h(w http.ResponseWriter, r *http.Request, _ httprouter.Params) {}\n\nfunc g(w http.ResponseWriter, r *http.Request) {}\n',
    },
    routes: ['GET /a/{id} main.go:17 h', 'GET /b/{id} main.go:17 h', 'PUT /f/{path*} main.go:19 g'],
  },
];

checkLayouts('net/http', NET_HTTP);
checkLayouts('chi', CHI);
checkLayouts('gin', GIN);
checkLayouts('echo', ECHO);
checkLayouts('fiber', FIBER);
checkLayouts('gorilla/mux', GORILLA);
checkLayouts('httprouter', HTTPROUTER);
