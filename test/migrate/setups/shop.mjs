// A shop's API on NestJS, whose options go to the cors package: one front end, its methods and headers.
export function configure(app) {
  app.enableCors({
    origin: ['http://localhost:43001'],
    methods: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS'],
    allowedHeaders: ['Content-Type', 'Authorization'],
    credentials: true,
  })
}
