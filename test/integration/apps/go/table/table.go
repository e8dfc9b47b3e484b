// Package table asks each framework for the routes that it serves.
package table

import (
	"net/http"
	"reflect"
	"regexp"
	"runtime"
	"sort"
	"strings"

	"github.com/emicklei/go-restful/v3"
	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gofiber/fiber/v2"
	"github.com/gorilla/mux"
	"github.com/julienschmidt/httprouter"
	"github.com/labstack/echo/v4"
)

// Row is one route: Name is the handler's as the runtime knows it, Line that of its function or 0.
type Row struct {
	Method, Path, Name, File string
	Line                     int
}

func row(method, path string, handler any) Row {
	value := reflect.ValueOf(handler)
	if value.Kind() != reflect.Func {
		value = value.MethodByName("ServeHTTP")
		return Row{method, path, reflect.TypeOf(handler).String() + ".ServeHTTP", "", 0}
	}
	fn := runtime.FuncForPC(value.Pointer())
	file, line := fn.FileLine(fn.Entry())
	return Row{method, path, fn.Name(), file, line}
}

func Chi(router chi.Routes) []Row {
	var rows []Row
	err := chi.Walk(router, func(method, route string, handler http.Handler, _ ...func(http.Handler) http.Handler) error {
		rows = append(rows, row(method, strings.ReplaceAll(route, "/*/", "/"), unwrap(handler)))
		return nil
	})
	if err != nil {
		panic(err)
	}
	return rows
}

// unwrap leaves out the middleware that With puts around a handler.
func unwrap(handler http.Handler) any {
	if chain, ok := handler.(*chi.ChainHandler); ok {
		return chain.Endpoint
	}
	return handler
}

func Echo(app *echo.Echo) []Row {
	var rows []Row
	for _, route := range app.Routes() {
		if route.Method != "echo_route_not_found" {
			rows = append(rows, Row{route.Method, route.Path, route.Name, "", 0})
		}
	}
	return rows
}

func Fiber(app *fiber.App) []Row {
	var rows []Row
	app.Handler()
	for _, route := range app.GetRoutes(true) {
		rows = append(rows, row(route.Method, route.Path, route.Handlers[len(route.Handlers)-1]))
	}
	return rows
}

func Gin(engine *gin.Engine) []Row {
	var rows []Row
	for _, route := range engine.Routes() {
		rows = append(rows, row(route.Method, route.Path, route.HandlerFunc))
	}
	return rows
}

func Gorilla(router *mux.Router) []Row {
	var rows []Row
	err := router.Walk(func(route *mux.Route, _ *mux.Router, _ []*mux.Route) error {
		if route.GetHandler() == nil {
			return nil
		}
		path, err := route.GetPathTemplate()
		if err != nil {
			return err
		}
		methods, err := route.GetMethods()
		if err != nil {
			methods = []string{"ANY"}
		}
		for _, method := range methods {
			rows = append(rows, row(method, path, route.GetHandler()))
		}
		return nil
	})
	if err != nil {
		panic(err)
	}
	return rows
}

func Restful(container *restful.Container) []Row {
	var rows []Row
	for _, service := range container.RegisteredWebServices() {
		for _, route := range service.Routes() {
			rows = append(rows, row(route.Method, route.Path, route.Function))
		}
	}
	return rows
}

// HTTPRouter reads the router's trees: it has no list of its own.
func HTTPRouter(router *httprouter.Router) []Row {
	var rows []Row
	var walk func(method, prefix string, node reflect.Value)
	walk = func(method, prefix string, node reflect.Value) {
		node = node.Elem()
		path := prefix + node.FieldByName("path").String()
		if handle := node.FieldByName("handle"); !handle.IsNil() {
			fn := runtime.FuncForPC(handle.Pointer())
			file, line := fn.FileLine(fn.Entry())
			rows = append(rows, Row{method, path, fn.Name(), file, line})
		}
		children := node.FieldByName("children")
		for at := 0; at < children.Len(); at++ {
			walk(method, path, children.Index(at))
		}
	}
	trees := reflect.ValueOf(router).Elem().FieldByName("trees")
	for _, method := range trees.MapKeys() {
		walk(method.String(), "", trees.MapIndex(method))
	}
	return rows
}

var wildcard = regexp.MustCompile(`\{(\w+)(\.\.\.)?\}`)

// NetHTTP reads the patterns of the mux's index and asks the mux for the handler of each.
func NetHTTP(serveMux *http.ServeMux) []Row {
	index := reflect.ValueOf(serveMux).Elem().FieldByName("index")
	patterns := map[string]bool{}
	collect := func(list reflect.Value) {
		for at := 0; at < list.Len(); at++ {
			patterns[list.Index(at).Elem().FieldByName("str").String()] = true
		}
	}
	collect(index.FieldByName("multis"))
	segments := index.FieldByName("segments")
	for _, key := range segments.MapKeys() {
		collect(segments.MapIndex(key))
	}
	names := make([]string, 0, len(patterns))
	for pattern := range patterns {
		names = append(names, pattern)
	}
	sort.Strings(names)
	var rows []Row
	for _, pattern := range names {
		method, path, found := strings.Cut(pattern, " ")
		if !found {
			method, path = "ANY", pattern
		}
		if handler, ok := handlerOf(serveMux, pattern); ok {
			rows = append(rows, row(method, path, handler))
		}
	}
	return rows
}

func handlerOf(serveMux *http.ServeMux, pattern string) (any, bool) {
	method, path, found := strings.Cut(pattern, " ")
	if !found {
		method, path = "GET", pattern
	}
	sample := wildcard.ReplaceAllString(strings.TrimSuffix(path, "{$}"), "1")
	request, err := http.NewRequest(method, "http://127.0.0.1"+sample, nil)
	if err != nil {
		panic(err)
	}
	handler, matched := serveMux.Handler(request)
	return handler, matched == pattern
}
