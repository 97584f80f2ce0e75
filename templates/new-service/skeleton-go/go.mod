module waymark.internal/${{ values.ownerName }}/${{ values.name }}

go 1.19
