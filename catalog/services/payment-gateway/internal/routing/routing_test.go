package routing

import "testing"

func TestRoute(t *testing.T) {
	unhealthy := &Router{}
	for i := 0; i < 21; i++ {
		unhealthy.Record(false)
	}

	tests := map[string]struct {
		router  *Router
		payment Payment
		want    Provider
	}{
		"goes to the primary provider":        {&Router{}, Payment{Currency: "EUR"}, Primary},
		"stays where it was authorised":       {&Router{}, Payment{Currency: "EUR", Provider: Secondary}, Secondary},
		"sends SEK to the secondary provider": {&Router{}, Payment{Currency: "SEK"}, Secondary},
		"avoids an unhealthy provider":        {unhealthy, Payment{Currency: "EUR"}, Secondary},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := test.router.Route(test.payment); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestRecordForgetsOldOutcomes(t *testing.T) {
	router := &Router{}
	for i := 0; i < 30; i++ {
		router.Record(false)
	}
	for i := 0; i < 100; i++ {
		router.Record(true)
	}
	if got := router.Route(Payment{Currency: "EUR"}); got != Primary {
		t.Errorf("got %s, want %s", got, Primary)
	}
}
