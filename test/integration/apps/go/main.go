// Prints the route table of every application as JSON: method, path as the framework writes it, handler, file and line.
package main

import (
	"encoding/json"
	"os"

	"example.com/apps/chiapp"
	"example.com/apps/echoapp"
	"example.com/apps/fiberapp"
	"example.com/apps/ginapp"
	"example.com/apps/gorillaapp"
	"example.com/apps/httprouterapp"
	"example.com/apps/nethttpapp"
	"example.com/apps/restfulapp"
	"example.com/apps/table"
)

func main() {
	tables := map[string][]table.Row{
		"chiapp":        table.Chi(chiapp.New()),
		"echoapp":       table.Echo(echoapp.New("/admin")),
		"fiberapp":      table.Fiber(fiberapp.New()),
		"ginapp":        table.Gin(ginapp.Setup()),
		"gorillaapp":    table.Gorilla(gorillaapp.NewServer()),
		"httprouterapp": table.HTTPRouter(httprouterapp.Router()),
		"nethttpapp":    table.NetHTTP(nethttpapp.NewServer().Mux()),
		"restfulapp":    table.Restful(restfulapp.New()),
	}
	if err := json.NewEncoder(os.Stdout).Encode(tables); err != nil {
		panic(err)
	}
}
