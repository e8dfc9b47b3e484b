<?php

use Inventory\Users;
use Slim\App;

$app = new App();
$app->get('/', function ($request, $response) {
    return $response;
})->setName('home');
$app->group('/api', function () use ($app) {
    $this->get('/users', Users::class . ':all');
    $app->group('/users/{id:[0-9]+}', function ($group) {
        $group->map(['PUT', 'PATCH'], '', Users::class . ':change');
        $group->delete('[/{what}]', 'Inventory\Users:drop');
    });
    foreach (['a', 'b'] as $name) {
        $this->post("/$name", Users::class);
    }
});
(require __DIR__ . '/app/more.php')($app, '/more');
$app->options('/{routes:.+}', function ($request, $response) {
    return $container->get('/not/a/route');
});

return $app;
