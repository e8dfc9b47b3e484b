<?php

namespace App\Controller;

use Symfony\Component\Routing\Annotation\Route;

#[Route(path: ['en' => '/shop', 'de' => '/laden'], name: 'shop_')]
class ShopController
{
    #[Route('/{sku}', name: 'one', methods: ['PATCH'])]
    public function one(string $sku)
    {
    }

    #[Route('/any', name: 'any')]
    public function any()
    {
    }
}
