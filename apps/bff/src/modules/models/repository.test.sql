select "id", "provider", "models", "enabled", "status", "created_at" from "supplier_credentials"

select "id", "provider", "base_url", "sealed_key", "enabled", "status", "created_at", $1 = any(models) as "exact" from "supplier_credentials" where $2 = any(models)

select "id", "provider", "base_url", "sealed_key", "enabled", "status", "created_at", $1 = any(models) as "exact" from "supplier_credentials" where ($2 = any(models) or ("provider" = $3 and $4 = any(models)))
