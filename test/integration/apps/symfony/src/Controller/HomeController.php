<?php

namespace App\Controller;

use Symfony\Component\Routing\Annotation as Routing;

#[Routing\Route('/home', name: 'home', methods: ['PUT'])]
final class HomeController
{
    public function __invoke()
    {
        return $this->client->request('GET', '/not/a/route');
    }
}
