"""WeCom customer service (企业微信微信客服): customers write from their WeChat, our answers go back there."""
