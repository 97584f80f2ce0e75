package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func get(t *testing.T, handler http.Handler, method, path string) *httptest.ResponseRecorder {
	t.Helper()
	response := httptest.NewRecorder()
	handler.ServeHTTP(response, httptest.NewRequest(method, path, nil))
	return response
}

func TestStatuses(t *testing.T) {
	handler := NewService("example", "1.2.3", NewLogger(&bytes.Buffer{})).Handler()
	cases := []struct {
		method, path string
		status       int
	}{
		{"GET", "/", 200},
		{"GET", "/healthz", 200},
		{"GET", "/readyz", 200},
		{"HEAD", "/readyz", 200},
		{"GET", "/nothing", 404},
		{"POST", "/", 405},
	}
	for _, c := range cases {
		if got := get(t, handler, c.method, c.path).Code; got != c.status {
			t.Errorf("%s %s answers %d, want %d", c.method, c.path, got, c.status)
		}
	}
}

func TestSaysItsNameAndVersion(t *testing.T) {
	handler := NewService("example", "1.2.3", NewLogger(&bytes.Buffer{})).Handler()
	var body map[string]string
	if err := json.Unmarshal(get(t, handler, "GET", "/").Body.Bytes(), &body); err != nil {
		t.Fatal(err)
	}
	if body["name"] != "example" || body["version"] != "1.2.3" {
		t.Errorf("got %v", body)
	}
}

func TestIsNotReadyWhileItStopsAndStillAlive(t *testing.T) {
	service := NewService("example", "1.2.3", NewLogger(&bytes.Buffer{}))
	service.StopTakingTraffic()
	if got := get(t, service.Handler(), "GET", "/readyz").Code; got != 503 {
		t.Errorf("/readyz answers %d, want 503", got)
	}
	if got := get(t, service.Handler(), "GET", "/healthz").Code; got != 200 {
		t.Errorf("/healthz answers %d, want 200", got)
	}
}

func TestCountsAndLogsRequests(t *testing.T) {
	out := &bytes.Buffer{}
	handler := NewService("example", "1.2.3", NewLogger(out)).Handler()
	get(t, handler, "GET", "/healthz")
	get(t, handler, "GET", "/nothing")
	metrics := get(t, handler, "GET", "/metrics").Body.String()
	for _, line := range []string{`http_requests_total{status="200"} 1`, `http_requests_total{status="404"} 1`} {
		if !strings.Contains(metrics, line) {
			t.Errorf("no %s in\n%s", line, metrics)
		}
	}
	if lines := strings.Count(out.String(), "\n"); lines != 3 {
		t.Errorf("%d lines logged, want 3", lines)
	}
}
