window.ui = SwaggerUIBundle({
  url: '/openapi.yaml',
  dom_id: '#swagger-ui',
  deepLinking: true,
  persistAuthorization: true,
  // The default would send the document to a public validator.
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
});
