import { checkLayouts } from './checkLayouts';

const HEAD = 'package main\n\nimport "net/http"\n\n';

checkLayouts('net/http', [
  {
    says: 'methods that a handler tells apart by a switch or a guard',
    files: {
      'go.mod': 'module example.com/shop\n',
      'main.go':
        HEAD +
        'func main() {\n\thttp.HandleFunc("/items", items)\n\thttp.HandleFunc("/one", one)\n\thttp.HandleFunc("/any", any)\n\thttp.HandleFunc("/open", open)\n\thttp.HandleFunc("POST /told", items)\n}\n\nfunc items(w http.ResponseWriter, r *http.Request) {\n\tswitch r.Method {\n\tcase http.MethodGet:\n\t\tlist(w)\n\tcase http.MethodPost, "PUT":\n\t\tsave(w)\n\tdefault:\n\t\thttp.Error(w, "no", http.StatusMethodNotAllowed)\n\t}\n}\n\nfunc one(w http.ResponseWriter, req *http.Request) {\n\tif req.Method != http.MethodDelete && req.Method != "PATCH" {\n\t\tw.WriteHeader(405)\n\t\treturn\n\t}\n}\n\nfunc any(w http.ResponseWriter, r *http.Request) {\n\tif r.Method == "OPTIONS" {\n\t\treturn\n\t}\n\tlist(w)\n}\n\nfunc open(w http.ResponseWriter, r *http.Request) {\n\tswitch r.Method {\n\tcase http.MethodGet:\n\t\tlist(w)\n\tdefault:\n\t\tsave(w)\n\t}\n}\n\nfunc list(w http.ResponseWriter) {}\n\nfunc save(w http.ResponseWriter) {}\n',
    },
    routes: [
      'ANY /any main.go:31 any',
      'ANY /open main.go:38 open',
      'DELETE /one main.go:24 one',
      'GET /items main.go:13 items',
      'PATCH /one main.go:24 one',
      'POST /items main.go:13 items',
      'POST /told main.go:13 items',
      'PUT /items main.go:13 items',
    ],
  },
]);
