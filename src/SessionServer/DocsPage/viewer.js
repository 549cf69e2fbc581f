"use strict";

// Without the package the page keeps its sentence.
if (typeof SwaggerUIBundle === "function") {
  SwaggerUIBundle({
    url: "/api/openapi/v1.json",
    dom_id: "#viewer",
    deepLinking: true,
    displayRequestDuration: true,
    persistAuthorization: false,
    validatorUrl: null,
  });
}
