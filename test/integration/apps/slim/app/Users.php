<?php

namespace Inventory;

class Users
{
    public function all($request, $response)
    {
        return $response;
    }

    public function change($request, $response)
    {
        return $response;
    }

    public function drop($request, $response)
    {
        return $response;
    }

    public function __invoke($request, $response)
    {
        return $response;
    }
}
