<?php

namespace App\Controller;

use Symfony\Component\Routing\Annotation\Route;

#[Route('/blog', name: 'blog_', requirements: ['id' => '\d+'])]
class BlogController extends BaseController
{
    private const ONE = '/{id}';

    #[Route('', name: 'index', methods: ['GET'])]
    public function index()
    {
    }

    #[Route(self::ONE, name: 'one', methods: ['GET', 'HEAD'])]
    #[Route('/alias/{slug<[a-z-]+>}', name: 'alias', methods: 'POST')]
    public function one(int $id = 0)
    {
    }

    #[
        Route(path: '/' . 'p/{page}', name: 'page', requirements: ['page' => '.+'], methods: ['DELETE'])
    ]
    public function page(
        string $page,
    ) {
    }
}
