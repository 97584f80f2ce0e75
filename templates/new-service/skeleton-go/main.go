// Command service runs the HTTP server until it is told to stop.
package main

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

const (
	name = ${{ values.name | dump }}

	// Kubernetes removes the pod from its Service and sends SIGTERM at the same
	// time: going on for a moment answers the requests that are still on their way.
	drain = 3 * time.Second
	// What is open after this is cut off; less than the pod's grace period.
	shutdownTimeout = 20 * time.Second
)

func main() {
	log := NewLogger(os.Stdout)
	if err := run(log); err != nil {
		log.Log("error", "failed", map[string]any{"error": err.Error()})
		os.Exit(1)
	}
}

func run(log *Logger) error {
	port := env("PORT", "8080")
	service := NewService(name, env("VERSION", "0.1.0"), log)
	server := &http.Server{
		Addr:              ":" + port,
		Handler:           service.Handler(),
		ReadHeaderTimeout: 5 * time.Second,
	}

	stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer cancel()

	failed := make(chan error, 1)
	go func() {
		log.Log("info", "listening", map[string]any{"port": port})
		failed <- server.ListenAndServe()
	}()

	select {
	case err := <-failed:
		return err
	case <-stop.Done():
	}

	log.Log("info", "stopping", nil)
	service.StopTakingTraffic()
	time.Sleep(drain)
	ctx, done := context.WithTimeout(context.Background(), shutdownTimeout)
	defer done()
	if err := server.Shutdown(ctx); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	log.Log("info", "stopped", nil)
	return nil
}

func env(key, fallback string) string {
	if value := os.Getenv(key); value != "" {
		return value
	}
	return fallback
}
