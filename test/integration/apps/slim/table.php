<?php
// Prints the routes that Slim's router holds, with the lines of their functions.
require 'Slim/autoload.php';
require __DIR__ . '/app/Users.php';

$app = require __DIR__ . '/public.php';
$rows = [];
foreach ($app->getContainer()->get('router')->getRoutes() as $route) {
    $callable = $route->getCallable();
    if ($callable instanceof Closure) {
        $at = new ReflectionFunction($callable);
    } else {
        [$class, $method] = explode(':', $callable . (str_contains($callable, ':') ? '' : ':__invoke'));
        $at = new ReflectionMethod($class, $method);
    }
    foreach ($route->getMethods() as $method) {
        $rows[] = [$method, $route->getPattern(), substr($at->getFileName(), strlen(__DIR__) + 1), $at->getStartLine()];
    }
}
echo json_encode($rows), "\n";
