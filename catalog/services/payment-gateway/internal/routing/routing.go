// Package routing chooses the provider of a payment.
package routing

// Provider is a payment provider that the gateway has a contract with.
type Provider string

const (
	Primary   Provider = "primary"
	Secondary Provider = "secondary"
)

const (
	window            = 100
	unhealthyFailures = 20
)

// Router remembers how the primary provider's last authorisations went.
type Router struct {
	outcomes []bool
}

// Payment is what a route depends on.
type Payment struct {
	Currency string
	// Provider is set once the payment is authorised.
	Provider Provider
}

// Route returns the provider for p. The first rule that matches wins.
func (r *Router) Route(p Payment) Provider {
	switch {
	case p.Provider != "":
		return p.Provider
	case p.Currency == "SEK":
		return Secondary
	case r.failures() > unhealthyFailures:
		return Secondary
	default:
		return Primary
	}
}

// Record notes whether an authorisation at the primary provider worked. A decline worked.
func (r *Router) Record(worked bool) {
	r.outcomes = append(r.outcomes, worked)
	if len(r.outcomes) > window {
		r.outcomes = r.outcomes[1:]
	}
}

func (r *Router) failures() int {
	count := 0
	for _, worked := range r.outcomes {
		if !worked {
			count++
		}
	}
	return count
}
