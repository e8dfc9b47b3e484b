<?php

use Slim\App;

const SUFFIX = '/x';

return function (App $app, string $prefix) {
    $app->get($prefix . SUFFIX, function ($request, $response) {
        return $response;
    });
};
