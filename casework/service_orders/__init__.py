"""客户服务通知单 (S2 5.3, 5.5): issued on a call or mail, carried out, confirmed by the customer."""
