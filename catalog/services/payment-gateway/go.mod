module example.com/shop/payment-gateway

go 1.22
