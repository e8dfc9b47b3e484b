package fiberapp

import "github.com/gofiber/fiber/v2"

func New() *fiber.App {
	app := fiber.New()
	app.Post("/", home)
	api := app.Group("/api", logged)
	v1 := api.Group("/v1")
	v1.Put("/:id<int>", logged, home)
	v1.Delete("/files/*", home)
	app.Route("/shop", func(router fiber.Router) {
		router.Post("/cart", func(c *fiber.Ctx) error {
			return c.SendString("added")
		})
		router.Patch("/cart/:item?", home)
	})
	app.Mount("/admin", admin())
	app.Add(fiber.MethodOptions, "/opts", home)
	return app
}

func admin() *fiber.App {
	sub := fiber.New()
	sub.Post("/users", home)
	return sub
}

func home(c *fiber.Ctx) error { return nil }

func logged(c *fiber.Ctx) error { return c.Next() }
