<?php

namespace App\Controller;

use Symfony\Component\Routing\Annotation\Route;

abstract class BaseController
{
    #[Route('/ping', name: 'ping', methods: ['GET'])]
    public function ping()
    {
    }
}
