// Command gateway serves the health endpoint; the gRPC server is generated from api/.
package main

import (
	"errors"
	"log"
	"net/http"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	})
	if err := http.ListenAndServe(":8080", mux); !errors.Is(err, http.ErrServerClosed) {
		log.Fatalf("the server stopped: %v", err)
	}
}
